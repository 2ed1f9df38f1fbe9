namespace Trasgo.Cron;

/// <summary>What the units depend on besides the tables.</summary>
/// <param name="Program">The path of this binary, for the units that call it.</param>
/// <param name="CanSend">There is a program that sends mail.</param>
internal sealed record CronSettings(string Program, bool CanSend);
