"""Sounds made on the spot: a plain tone, laden with everything that a telephone or an editor leaves in a file."""

import io
import math
import struct
import wave

import av

CODECS = {"mp3": "libmp3lame", "m4a": "aac", "ogg": "libopus", "flac": "flac"}
CONTAINERS = {"m4a": "ipod"}
SECRET = {"title": "SECRET Titre", "artist": "SECRET Auteur", "comment": "SECRET", "location": "+46.5800+000.3400/"}


def wav(seconds: float = 2) -> bytes:
    """Return a tone in a WAV file."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(48_000)
        count = int(48_000 * seconds)
        written.writeframes(b"".join(struct.pack("<h", int(8000 * math.sin(n / 20))) for n in range(count)))
    return stream.getvalue()


def tone(form: str, seconds: float = 2) -> bytes:
    """Return a tone in a file of this form, with tags."""
    stream = io.BytesIO()
    with (
        av.open(io.BytesIO(wav(seconds))) as opened,
        av.open(stream, "w", format=CONTAINERS.get(form, form)) as written,
    ):
        written.metadata.update(SECRET)
        out = written.add_stream(CODECS[form], rate=48_000)
        for frame in opened.decode(audio=0):
            frame.pts = None
            written.mux(out.encode(frame))
        written.mux(out.encode(None))
    return stream.getvalue()
