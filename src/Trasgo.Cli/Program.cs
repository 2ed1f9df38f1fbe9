// The multi-call entry point: argv[0] or the first argument chooses the command.
return 0;
