using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>The signal that tells what changed in an object, built from its table.</summary>
internal static class PropertiesChanged
{
    /// <summary>
    /// For all properties of the interface that announce their changes, or only the named ones. Null where none does.
    /// The caller disposes the message.
    /// </summary>
    public static BusMessage? Build(string path, BusInterface table, object target, IReadOnlyCollection<string>? names = null)
    {
        var signal = BusMessage.Signal(path, "org.freedesktop.DBus.Properties", "PropertiesChanged");
        var body = signal.Body;
        var any = false;
        body.String(table.Name);
        body.BeginArray("{sv}");
        foreach (var property in table.Announced)
        {
            if (IsAmong(names, property))
            {
                PropertyDump.Entry(body, property, target);
                any = true;
            }
        }

        body.EndArray();
        body.BeginArray("s");
        foreach (var property in table.Invalidated)
        {
            if (IsAmong(names, property))
            {
                body.String(property.Name);
                any = true;
            }
        }

        body.EndArray();
        if (any && !signal.BodyFailed)
        {
            return signal;
        }

        signal.Dispose();
        return null;
    }

    private static bool IsAmong(IReadOnlyCollection<string>? names, BusProperty property) =>
        names is null || names.Contains(property.Name, StringComparer.Ordinal);
}
