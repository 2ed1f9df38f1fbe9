using Trasgo.Cli;

return EntryPoint.Run(Environment.GetCommandLineArgs() is { Length: > 0 } words ? words[0] : "trasgo", args);
