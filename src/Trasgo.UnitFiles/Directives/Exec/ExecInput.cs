namespace Trasgo.UnitFiles.Directives;

/// <summary>StandardInput=</summary>
internal enum ExecInput
{
    Null,
    Tty,
    TtyForce,
    TtyFail,
    Socket,
    NamedDescriptor,
    Data,
    File,
}
