namespace Trasgo.Manager.Bus;

/// <summary>
/// What a call needs: an action of polkit's, with what a rule of the administrator's may want to know about it. Without an action nobody but
/// root may do it.
/// </summary>
internal sealed record Permission(string? Action, string? Unit = null, string? Verb = null);
