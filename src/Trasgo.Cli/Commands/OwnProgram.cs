using Trasgo.Linux;

namespace Trasgo.Cli.Commands;

/// <summary>This binary, as units name it.</summary>
internal static class OwnProgram
{
    internal static string Path => ReExecution.OwnPath ?? "/usr/bin/trasgo";
}
