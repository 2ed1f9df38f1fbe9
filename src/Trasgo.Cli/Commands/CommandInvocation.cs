using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands;

/// <summary>One command to run: how it was called, and with what.</summary>
internal sealed record CommandInvocation(string Program, string[] Arguments, CommandOutput Output);
