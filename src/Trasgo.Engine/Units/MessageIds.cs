namespace Trasgo.Engine.Units;

/// <summary>MESSAGE_ID= of what is said of units: programs look for them in the journal, and its catalog explains them (journalctl -x).</summary>
internal static class MessageIds
{
    public const string Starting = "7d4958e842da4a758f6c1cdc7b36dcc5";
    public const string Started = "39f53479d3a045ac8e11786248231fbf";
    public const string StartFailed = "be02cf6855d2428ba40df7e9d022f03d";
    public const string Stopping = "de5b426a63be47a7b6ac3eaac82e2f6f";
    public const string Stopped = "9d1aaa27d60140bd96365438aad20286";
    public const string Reloading = "d34d037fff1847e6ae669a370e694725";
    public const string Reloaded = "7b05ebc668384222baa8881179cfda54";
    public const string Succeeded = "7ad2d189f7e94e70a38c781354912448";
    public const string Skipped = "0e4284a0caca4bfc81c0bb6786972673";
    public const string Failed = "d9b373ed55a64feb8242e02dbe79a49c";
    public const string ProcessExited = "98e322203f7a4ed290d09fe03c09fe15";
    public const string RestartScheduled = "5eb03494b6584870a536b337290809b3";
}
