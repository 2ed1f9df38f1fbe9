namespace Trasgo.UnitFiles.LoadPath;

/// <summary>Whose units: the system's, one user's, or every user's (systemctl --global, which only edits files).</summary>
internal enum RuntimeScope
{
    System,
    User,
    Global,
}
