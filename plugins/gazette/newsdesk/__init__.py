"""Schools' repositories, feeds and calendars → dépêches that wait in the repository until somebody accepts them."""
