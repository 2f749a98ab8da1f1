"""Rules of the review of visits: what is reviewed, and second reviews."""
