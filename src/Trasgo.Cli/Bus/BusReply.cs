namespace Trasgo.Cli.Bus;

/// <summary>The answer to a call: what came back, or an error's name and message.</summary>
internal sealed record BusReply(BusValue[] Values, string ErrorName = "", string ErrorMessage = "")
{
    internal bool Ok => ErrorName.Length == 0;

    internal BusValue this[int index] => index < Values.Length ? Values[index] : new BusValue("", "");

    /// <summary>What is shown of an error: its message, but always the same one where access is denied.</summary>
    internal string Message => ErrorName switch
    {
        "org.freedesktop.DBus.Error.AccessDenied" => "Access denied",
        _ when ErrorMessage.Length > 0 => ErrorMessage,
        _ => ErrorName,
    };
}
