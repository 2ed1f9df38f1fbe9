using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.Linux;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Commands.Run;

/// <summary>
/// The command in our place, as our own child would be: with our environment, our terminal and our parent, but in a scope of its own.
/// </summary>
internal sealed class RunScope(RunOptions options, CommandOutput output)
{
    internal int Run()
    {
        if (RunNames.Unit(options, UnitType.Scope, output) is not { } unit || ManagerBus.Connect(!options.User, output) is not { } bus)
        {
            return 1;
        }

        string invocation;
        using (bus)
        {
            var units = new RunUnits(options, output);
            if (!new RunCall(options, output, bus).Make("scope", unit.Text, writer => units.WriteScope(unit, writer)))
            {
                return 1;
            }

            var reply = bus.GetProperty(ManagerBus.UnitPath(unit.Text), ManagerBus.UnitInterface, "InvocationID");
            invocation = reply.Ok ? Convert.ToHexStringLower(reply[0][0].Bytes) : "";
        }

        return Become(unit, invocation);
    }

    private int Become(UnitName unit, string invocation)
    {
        var environment = new List<string>();
        if (invocation.Length > 0)
        {
            environment.Add("INVOCATION_ID=" + invocation);
        }

        if (options.Nice is { } nice && ProcessControl.SetNice(nice) is var refused and not Errno.None)
        {
            return output.Fail($"Failed to set nice level: {ErrnoNames.Message(refused)}");
        }

        if (!ScopeIdentity.Take(options, environment, output))
        {
            return 1;
        }

        if (options.WorkingDirectory is { } directory)
        {
            if (ProcessControl.ChangeDirectory(directory) is var error and not Errno.None)
            {
                return output.Fail($"Failed to change directory to '{directory}': {ErrnoNames.Message(error)}");
            }
        }

        if (!options.Quiet)
        {
            output.Info($"Running scope as unit: {unit.Text}");
        }

        output.Flush();
        // The runtime ignores it, and what is ignored stays so.
        Signals.SetDefault(Signo.SIGPIPE);
        var failed = ProcessControl.Execute(options.Command[0], options.Command, Merge([.. environment, .. options.Environment]));
        return output.Fail($"Failed to execute: {ErrnoNames.Message(failed)}");
    }

    /// <summary>Our environment, byte by byte, with some variables in the place of others.</summary>
    private static List<string> Merge(List<string> variables)
    {
        var merged = new List<string>();
        var block = Processes.ReadAll("/proc/self/environ") ?? [];
        foreach (var range in block.AsSpan().Split((byte)0))
        {
            var entry = ByteText.Decode(block.AsSpan()[range]);
            var name = entry[..(entry.IndexOf('=', StringComparison.Ordinal) + 1)];
            if (name.Length > 0 && !variables.Exists(variable => variable.StartsWith(name, StringComparison.Ordinal)))
            {
                merged.Add(entry);
            }
        }

        merged.AddRange(variables);
        return merged;
    }
}
