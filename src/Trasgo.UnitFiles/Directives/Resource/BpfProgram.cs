namespace Trasgo.UnitFiles.Directives;

/// <summary>One entry of BPFProgram=: the attach type and the path of the pinned program.</summary>
internal readonly record struct BpfProgram(string AttachType, string Path);
