namespace Trasgo.Inetd;

/// <summary>A line of inetd.conf(5) with those that continue it.</summary>
internal readonly record struct InetdLine(int Number, string[] Fields)
{
    public string Text => string.Join(' ', Fields);
}
