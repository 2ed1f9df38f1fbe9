namespace Trasgo.UnitFiles.Syntax;

/// <summary>
/// One "Key=value" of a unit file, in the order of the file. The line is the last one of a continued assignment, as in
/// systemd's messages.
/// </summary>
internal readonly record struct Assignment(string Section, string Key, string Value, string File, int Line);
