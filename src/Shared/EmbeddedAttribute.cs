namespace Microsoft.CodeAnalysis;

/// <summary>Known to the compiler: a type that has it is seen in its own assembly only, also where internals are visible to others.</summary>
[Embedded, AttributeUsage(AttributeTargets.All)]
internal sealed class EmbeddedAttribute : Attribute;
