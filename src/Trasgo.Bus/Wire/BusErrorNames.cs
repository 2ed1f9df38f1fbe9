namespace Trasgo.Bus.Wire;

/// <summary>The error names of the D-Bus specification and of sd-bus that the protocol itself uses.</summary>
internal static class BusErrorNames
{
    public const string Failed = "org.freedesktop.DBus.Error.Failed";
    public const string NoReply = "org.freedesktop.DBus.Error.NoReply";
    public const string ServiceUnknown = "org.freedesktop.DBus.Error.ServiceUnknown";
    public const string NameHasNoOwner = "org.freedesktop.DBus.Error.NameHasNoOwner";
    public const string NotSupported = "org.freedesktop.DBus.Error.NotSupported";
    public const string LimitsExceeded = "org.freedesktop.DBus.Error.LimitsExceeded";
    public const string AccessDenied = "org.freedesktop.DBus.Error.AccessDenied";
    public const string Disconnected = "org.freedesktop.DBus.Error.Disconnected";
    public const string InvalidArgs = "org.freedesktop.DBus.Error.InvalidArgs";
    public const string InvalidSignature = "org.freedesktop.DBus.Error.InvalidSignature";
    public const string InconsistentMessage = "org.freedesktop.DBus.Error.InconsistentMessage";
    public const string FileNotFound = "org.freedesktop.DBus.Error.FileNotFound";
    public const string FileExists = "org.freedesktop.DBus.Error.FileExists";
    public const string UnknownMethod = "org.freedesktop.DBus.Error.UnknownMethod";
    public const string UnknownObject = "org.freedesktop.DBus.Error.UnknownObject";
    public const string UnknownInterface = "org.freedesktop.DBus.Error.UnknownInterface";
    public const string UnknownProperty = "org.freedesktop.DBus.Error.UnknownProperty";
    public const string PropertyReadOnly = "org.freedesktop.DBus.Error.PropertyReadOnly";
    public const string UnixProcessIdUnknown = "org.freedesktop.DBus.Error.UnixProcessIdUnknown";
    public const string MatchRuleInvalid = "org.freedesktop.DBus.Error.MatchRuleInvalid";
    public const string MatchRuleNotFound = "org.freedesktop.DBus.Error.MatchRuleNotFound";
    public const string Timeout = "org.freedesktop.DBus.Error.Timeout";
}
