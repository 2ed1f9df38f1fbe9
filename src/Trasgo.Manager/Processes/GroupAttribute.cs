namespace Trasgo.Manager;

/// <summary>A file of a control group and what is to be in it; without a limit the kernel's <see cref="Default"/> is.</summary>
internal readonly record struct GroupAttribute(string Controller, string File, string Value, string Default);
