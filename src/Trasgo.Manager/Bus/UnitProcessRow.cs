namespace Trasgo.Manager.Bus;

internal readonly record struct UnitProcessRow(string Group, int Pid, string CommandLine);
