namespace Trasgo.Cli.Bus;

/// <summary>One element of ExecStart and its like: the command, and how its last run went.</summary>
internal sealed record CommandStatus(
    string Property, string Path, string CommandLine, bool IsEx, bool Ignore, string Flags, ulong Start, ulong Exit, int Pid,
    int Code, int Status)
{
    internal const string Signature = "a(sasbttttuii)";
    internal const string ExSignature = "a(sasasttttuii)";

    /// <summary>CLD_EXITED; the other codes mean death by a signal.</summary>
    internal const int Exited = 1;

    internal static CommandStatus From(string property, BusValue item)
    {
        var isEx = item[2].Type == 'a';
        var flags = item[2].Texts;
        return new CommandStatus(
            property, item[0].Text, string.Join(' ', item[1].Texts), isEx,
            isEx ? Array.IndexOf(flags, "ignore-failure") >= 0 : item[2].Flag, string.Join(' ', flags),
            item[3].Unsigned, item[5].Unsigned, (int)item[7].Unsigned, (int)item[8].Signed, (int)item[9].Signed);
    }

    internal static string CodeName(int code) => code switch
    {
        1 => "exited",
        2 => "killed",
        3 => "dumped",
        4 => "trapped",
        5 => "stopped",
        6 => "continued",
        _ => "(null)",
    };
}
