namespace Trasgo.UnitFiles.Values;

/// <summary>What became of the last process of a command; all zero before the first start.</summary>
internal sealed class ExecStatus
{
    public ulong StartRealtime { get; set; }

    public ulong StartMonotonic { get; set; }

    public ulong ExitRealtime { get; set; }

    public ulong ExitMonotonic { get; set; }

    public int Pid { get; set; }

    /// <summary>CLD_EXITED, CLD_KILLED or CLD_DUMPED.</summary>
    public int Code { get; set; }

    /// <summary>Exit status or signal, as <see cref="Code"/> says.</summary>
    public int Status { get; set; }

    public void CopyFrom(ExecStatus other)
    {
        StartRealtime = other.StartRealtime;
        StartMonotonic = other.StartMonotonic;
        ExitRealtime = other.ExitRealtime;
        ExitMonotonic = other.ExitMonotonic;
        Pid = other.Pid;
        Code = other.Code;
        Status = other.Status;
    }

    public void Reset() => StartRealtime = StartMonotonic = ExitRealtime = ExitMonotonic = (ulong)(Pid = Code = Status = 0);
}
