"""Sounds: what is printed holds the recording and nothing else that its file told of who, where or with what."""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING, Any

import av

from gazette.press.unreadable import UnreadableError

if TYPE_CHECKING:
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer

COPIED = {"mp3": "mp3", "mp3float": "mp3", "aac": "m4a", "opus": "ogg", "vorbis": "ogg"}
"""Codecs whose packets are copied, and the extension of the printed file; any other is encoded again, as MP3."""
CONTAINERS = {"mp3": "mp3", "m4a": "ipod", "ogg": "ogg"}
OPTIONS = {
    "mp3": {"id3v2_version": "0", "write_id3v1": "0", "fflags": "+bitexact"},
    "m4a": {"movflags": "+faststart", "fflags": "+bitexact"},
    "ogg": {"fflags": "+bitexact"},
}
READ = {"protocol_whitelist": "file", "format_whitelist": "mp3,mov,mp4,m4a,3gp,3g2,mj2,ogg,wav,flac,aac,amr"}
"""Nothing but a sound of these forms is opened: no play list, nothing that names another file."""
SECONDS = 3600
"""Longest sound; an hour."""
METERED, SPARSE, FULL = 8_000, 4, 32_768
"""Samples a second that are metered, one in how many is counted, and the largest."""
BIT_RATE = 96_000
"""Of what is encoded again, in bits a second; one channel."""


def print_sound(source: Path, target: Path) -> dict[str, Any]:
    """Write the sound without tags, pictures nor places, and return ``{seconds, format, loudness}``."""
    meter = Meter()
    try:
        with av.open(str(source), options=READ, metadata_errors="ignore") as opened:
            if not opened.streams.audio:
                raise UnreadableError("ne contient aucun son")
            stream = opened.streams.audio[0]
            extension = COPIED.get(stream.codec_context.name, "mp3")
            with av.open(str(target), "w", format=CONTAINERS[extension], options=OPTIONS[extension]) as written:
                is_copied = stream.codec_context.name in COPIED
                seconds = (_copy if is_copied else _encode)(opened, stream, written, meter)
    except (av.FFmpegError, OSError, ValueError, IndexError) as error:
        raise UnreadableError("illisible : ni MP3, ni M4A, ni Ogg, ou fichier abîmé") from error
    if not seconds:
        raise UnreadableError("ne contient aucun son")
    return {"seconds": round(seconds, 1), "format": extension, "loudness": meter.level}


class Meter:
    """Tells how loud a sound is as a whole, from a few samples a second of it."""

    def __init__(self) -> None:
        self.resampler = av.AudioResampler(format="s16", layout="mono", rate=METERED)
        self.squares, self.count = 0, 0

    def hear(self, frame: AudioFrame) -> None:
        """Take a decoded frame in."""
        for heard in self.resampler.resample(frame):
            samples = array("h", bytes(heard.planes[0])[: 2 * heard.samples])[::SPARSE]
            self.squares += sum(s * s for s in samples)
            self.count += len(samples)

    @property
    def level(self) -> float:
        """Return the mean level in decibels under full scale; 0 of silence, of which there is nothing to tell."""
        mean = self.squares / self.count if self.count else 0
        return round(10 * math.log10(mean / FULL**2), 1) if mean else 0.0


def _copy(opened: InputContainer, stream: AudioStream, written: OutputContainer, meter: Meter) -> float:
    """Copy the packets that decode, and return the duration in seconds."""
    out = written.add_stream_from_template(stream)
    out.metadata.clear()
    samples = 0
    for packet in opened.demux(stream):
        try:
            for frame in packet.decode():
                samples += frame.samples
                meter.hear(frame)
        except av.InvalidDataError:  # what is no sound, at the end of many files, is not copied
            continue
        _check_length(samples / stream.rate)
        if packet.dts is not None:
            packet.stream = out
            written.mux(packet)
    return samples / stream.rate


def _encode(opened: InputContainer, stream: AudioStream, written: OutputContainer, meter: Meter) -> float:
    """Encode every frame anew, on one channel, and return the duration in seconds."""
    out = written.add_stream("libmp3lame", rate=44_100)
    out.bit_rate, out.layout = BIT_RATE, "mono"
    samples = 0
    for frame in opened.decode(stream):
        samples += frame.samples
        _check_length(samples / stream.rate)
        meter.hear(frame)
        frame.pts = None
        written.mux(out.encode(frame))
    written.mux(out.encode(None))
    return samples / stream.rate


def _check_length(seconds: float) -> None:
    if seconds > SECONDS:
        raise UnreadableError("trop long (plus d'une heure)")
