namespace Trasgo.Bus.Wire;

[Flags]
internal enum MessageFlags : byte
{
    None = 0,
    NoReplyExpected = 1,
    NoAutoStart = 2,
    AllowInteractiveAuthorization = 4,
}
