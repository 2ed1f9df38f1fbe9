namespace Trasgo.Engine.Jobs;

/// <summary>Bus error names of refused job requests.</summary>
internal static class JobErrors
{
    public const string NoSuchUnit = "org.freedesktop.systemd1.NoSuchUnit";
    public const string LoadFailed = "org.freedesktop.systemd1.LoadFailed";
    public const string BadUnitSetting = "org.freedesktop.systemd1.BadUnitSetting";
    public const string UnitMasked = "org.freedesktop.systemd1.UnitMasked";
    public const string JobTypeNotApplicable = "org.freedesktop.systemd1.JobTypeNotApplicable";
    public const string OnlyByDependency = "org.freedesktop.systemd1.OnlyByDependency";
    public const string NoIsolation = "org.freedesktop.systemd1.NoIsolation";
    public const string ShuttingDown = "org.freedesktop.systemd1.ShuttingDown";
    public const string NoSuchJob = "org.freedesktop.systemd1.NoSuchJob";
    public const string TransactionIsDestructive = "org.freedesktop.systemd1.TransactionIsDestructive";
    public const string TransactionJobsConflicting = "org.freedesktop.systemd1.TransactionJobsConflicting";
    public const string TransactionOrderIsCyclic = "org.freedesktop.systemd1.TransactionOrderIsCyclic";
    public const string InvalidArgs = "org.freedesktop.DBus.Error.InvalidArgs";
}
