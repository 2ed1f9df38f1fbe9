namespace Trasgo.UnitFiles.Directives;

/// <summary>SetCredential= or SetCredentialEncrypted=.</summary>
internal sealed record SetCredential(string Id, byte[] Data, bool Encrypted);
