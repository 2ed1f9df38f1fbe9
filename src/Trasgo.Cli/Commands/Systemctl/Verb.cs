namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// A verb, with how many words it takes, itself counted, and whether it needs a running manager. Arguments include the verb.
/// </summary>
internal sealed record Verb(
    string Name, int AtLeast, int AtMost, bool OnlineOnly, Func<SystemctlContext, string[], int> Run)
{
    internal const int Any = int.MaxValue;
}
