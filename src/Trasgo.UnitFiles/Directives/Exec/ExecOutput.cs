namespace Trasgo.UnitFiles.Directives;

/// <summary>StandardOutput= and StandardError=</summary>
internal enum ExecOutput
{
    Inherit,
    Null,
    Tty,
    Kmsg,
    KmsgAndConsole,
    Journal,
    JournalAndConsole,
    Socket,
    NamedDescriptor,
    File,
    FileAppend,
    FileTruncate,
}
