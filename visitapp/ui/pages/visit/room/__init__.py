"""What an officer does in the room beside answering, and the paper that stays there."""
