using System.Reflection;
using Trasgo.Cli.Output;

namespace Trasgo.Cli.CommandLine;

internal static class VersionText
{
    /// <summary>The version this binary was built as, without the commit that the SDK appends.</summary>
    internal static string Number =>
        typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split('+')[0] ?? "0";

    internal static int Print(CommandOutput output)
    {
        output.WriteLine($"trasgo {Number}");
        return 0;
    }
}
