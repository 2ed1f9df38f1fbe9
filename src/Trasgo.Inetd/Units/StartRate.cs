namespace Trasgo.Inetd;

/// <summary>
/// How often a server is started before its service has to pause. Both daemons close the service then and open it again later; systemd, which passes
/// over our setting for the pause, closes it for good.
/// </summary>
/// <param name="Burst">Starts within the interval; one more is too many. 0 is no limit.</param>
/// <param name="PauseSec">How long nobody is served then; the interval has to be over in any case.</param>
internal readonly record struct StartRate(uint Burst, uint IntervalSec, uint PauseSec)
{
    public UnitLine[] SocketLines => Burst == 0
        ? [UnitLine.Number("TriggerLimitIntervalSec", 0UL)]
        : [UnitLine.Words("TriggerLimitIntervalSec", $"{IntervalSec}s"), UnitLine.Number("TriggerLimitBurst", Burst)];

    /// <summary>In our own section. No pause at all would make the socket fail, so it is as short as can be then.</summary>
    public UnitLine[] OwnLines => Burst == 0 ? [] : [UnitLine.Words("TriggerLimitPauseSec", PauseSec == 0 ? "1us" : $"{PauseSec}s")];
}
