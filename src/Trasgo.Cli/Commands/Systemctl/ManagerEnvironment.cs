using System.Collections;
using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>show-environment, set-environment, unset-environment and import-environment.</summary>
internal static class ManagerEnvironment
{
    internal static int Show(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        var reply = bus.GetManagerProperty("Environment");
        if (!reply.Ok)
        {
            return context.Output.Fail($"Failed to get environment: {reply.Message}");
        }

        if (context.Options.Output.IsJson())
        {
            PrintJson(context, reply[0][0].Texts);
            return ExitStatus.Success;
        }

        foreach (var assignment in reply[0][0].Texts)
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                return context.Output.Fail("Invalid environment block");
            }

            context.Output.WriteLine(
                $"{assignment[..equals]}={ShellQuoting.MaybeQuote(assignment[(equals + 1)..], posix: true)}");
        }

        return ExitStatus.Success;
    }

    internal static int Set(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        var method = arguments[0] == "set-environment" ? "SetEnvironment" : "UnsetEnvironment";
        return bus.Call(method, "as", [arguments[1..]]) is { Ok: false } reply
            ? context.Output.Fail($"Failed to set environment: {reply.Message}")
            : ExitStatus.Success;
    }

    internal static int Import(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus) || Collect(context, arguments[1..]) is not { } assignments)
        {
            return ExitStatus.Failure;
        }

        return bus.Call("SetEnvironment", "as", assignments) is { Ok: false } reply
            ? context.Output.Fail($"Failed to import environment: {reply.Message}")
            : ExitStatus.Success;
    }

    private static List<string>? Collect(SystemctlContext context, string[] names)
    {
        var output = context.Output;
        var all = names.Length == 0;
        if (all)
        {
            output.Warning("Calling import-environment without a list of variable names is deprecated.");
            names = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .Select(static entry => (string)entry.Key).Where(IsName)];
        }

        var assignments = new List<string>();
        foreach (var name in names)
        {
            if (!IsName(name))
            {
                output.Error($"Not a valid environment variable name: {name}");
                return null;
            }

            if (Environment.GetEnvironmentVariable(name) is not { } value)
            {
                output.Notice($"Environment variable ${name} not set, ignoring.");
                continue;
            }

            if (value.Any(static c => c is < ' ' or '\x7f'))
            {
                output.Notice($"Environment variable ${name} contains control characters, importing anyway.");
            }

            assignments.Add($"{name}={value}");
        }

        return assignments;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static void PrintJson(SystemctlContext context, string[] assignments)
    {
        var json = new JsonText(context.Options.Output == OutputMode.JsonPretty);
        json.BeginObject();
        foreach (var assignment in assignments)
        {
            var equals = Math.Max(0, assignment.IndexOf('=', StringComparison.Ordinal));
            json.Name(assignment[..equals]);
            json.String(assignment[Math.Min(assignment.Length, equals + 1)..]);
        }

        json.EndObject();
        context.Output.WriteLine(json.ToString());
    }
}
