namespace Trasgo.Bus.Authentication;

internal enum SaslState
{
    /// <summary>The first byte of a connection is a NUL, from the days when credentials were sent with it.</summary>
    Nul,

    /// <summary>No mechanism chosen yet.</summary>
    Auth,

    /// <summary>EXTERNAL chosen without an initial response: the client's (empty) answer is awaited.</summary>
    Data,

    /// <summary>Authenticated; the client may still negotiate descriptors.</summary>
    Begin,

    /// <summary>What follows are messages.</summary>
    Done,

    /// <summary>The peer is not worth a reply.</summary>
    Failed,
}
