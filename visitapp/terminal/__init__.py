"""What the commands of both programs, `visitapp` and `visitapp-server`, have in common."""
