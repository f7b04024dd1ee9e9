"""What commands write into ``content/`` for an author: drafts, new names, next year's copies, approvals."""
