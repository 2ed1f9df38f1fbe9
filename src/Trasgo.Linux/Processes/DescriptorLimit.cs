namespace Trasgo.Linux;

/// <summary>
/// The manager holds several descriptors a process, so it takes as many as the hard limit allows. What it starts gets the limit that was
/// there before: programs that use select(2) break with a high soft limit.
/// </summary>
internal static class DescriptorLimit
{
    public const int Resource = 7;   // RLIMIT_NOFILE

    /// <summary>What children get unless their unit says otherwise; null as long as nothing was raised.</summary>
    public static ResourceLimit? Inherited { get; private set; }

    public static void Raise()
    {
        if (ProcessControl.Limit(Resource) is { Ok: true, Value: var own } && own.Soft < own.Hard
            && ProcessControl.SetLimit(Resource, own with { Soft = own.Hard }) == Errno.None)
        {
            Inherited = own;
        }
    }
}
