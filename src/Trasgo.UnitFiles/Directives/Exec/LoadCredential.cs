namespace Trasgo.UnitFiles.Directives;

/// <summary>LoadCredential= or LoadCredentialEncrypted=.</summary>
internal sealed record LoadCredential(string Id, string Path, bool Encrypted);
