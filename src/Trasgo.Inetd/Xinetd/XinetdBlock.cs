namespace Trasgo.Inetd;

/// <summary>"=", "+=" or "-=".</summary>
internal enum XinetdOperator
{
    Set,
    Add,
    Remove,
}

/// <summary>One line of an entry of xinetd.conf(5).</summary>
internal readonly record struct XinetdAssignment(int Line, string Name, XinetdOperator Operator, string[] Values)
{
    public override string ToString() =>
        $"{Name} {Operator switch { XinetdOperator.Add => "+=", XinetdOperator.Remove => "-=", _ => "=" }} {string.Join(' ', Values)}";
}

/// <summary>An entry of xinetd.conf(5): of a service, or the defaults.</summary>
/// <param name="Service">Null for the defaults.</param>
internal sealed record XinetdBlock(string? Service, string File, int Line, List<XinetdAssignment> Assignments);
