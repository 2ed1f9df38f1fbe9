namespace Trasgo.Inetd;

/// <summary>log_type: SYSLOG with facility and level, or FILE.</summary>
internal sealed record XinetdLogTarget(string Facility, string Level, string? File);
