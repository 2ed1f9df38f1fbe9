using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>Reads the [Install] section of one file into an InstallInfo; the other sections are nobody's business here.</summary>
internal sealed class InstallSection(RuntimeScope scope, ISpecifierHost host, IDiagnostics sink)
{
    public InstallError Read(InstallContext context, InstallInfo info, ReadOnlySpan<byte> bytes, string path)
    {
        var parsed = UnitFileParser.Read(bytes, path, sink, sections: null, info.Name);
        foreach (var assignment in parsed.Assignments)
        {
            if (string.Equals(assignment.Section, "Install", StringComparison.Ordinal)
                && Take(context, info, assignment) is var error && error != InstallError.None)
            {
                return error;
            }
        }

        return parsed.Failure switch
        {
            ParseFailure.None => InstallError.None,
            ParseFailure.BadHeader => InstallError.BadFile,
            ParseFailure.LineTooLong => InstallError.LineTooLong,
            _ => InstallError.Invalid,
        };
    }

    /// <summary>Expands what may stand in a unit name, for a template with its default instance.</summary>
    public InstallError Expand(InstallInfo info, string text, out string result)
    {
        var context = new SpecifierContext(UnitName.Parse(info.Name), host, scope) { DefaultInstance = info.DefaultInstance };
        if (Specifier.TryExpand(text, context, SpecifierSet.UnitNames, out result, out var error, Specifier.MaxName))
        {
            return InstallError.None;
        }

        return error switch
        {
            Specifier.Unknown => InstallError.BadSpecifier,
            Specifier.TooLong => InstallError.NameTooLong,
            Specifier.NoHostFile => InstallError.UnknownHost,
            _ => InstallError.Invalid,
        };
    }

    private InstallError Take(InstallContext context, InstallInfo info, Assignment assignment)
    {
        switch (assignment.Key)
        {
            case "Alias":
                TakeAlias(info, assignment);
                return InstallError.None;
            case "WantedBy":
                TakeList(info, assignment, info.WantedBy);
                return InstallError.None;
            case "RequiredBy":
                TakeList(info, assignment, info.RequiredBy);
                return InstallError.None;
            case "DefaultInstance":
                return TakeDefaultInstance(info, assignment);
            case "Also":
                return TakeAlso(context, info, assignment);
            default:
                if (!assignment.Key.StartsWith("X-", StringComparison.Ordinal))
                {
                    Warn(info, assignment, $"Unknown key '{assignment.Key}' in section [Install], ignoring.");
                }

                return InstallError.None;
        }
    }

    private void TakeAlias(InstallInfo info, Assignment assignment)
    {
        var type = UnitName.Parse(info.Name).Type;
        if (UnitLinks.MayAlias(type))
        {
            TakeList(info, assignment, info.Aliases);
        }
        else
        {
            Warn(info, assignment, $"Alias= is not allowed for {type.ToText()} units, ignoring.");
        }
    }

    private void TakeList(InstallInfo info, Assignment assignment, List<string> list)
    {
        if (assignment.Value.Length == 0)
        {
            list.Clear();
            return;
        }

        var position = 0;
        ExtractResult result;
        while ((result = Quoting.ExtractWord(
            assignment.Value, ref position, out var word, ExtractFlags.Unquote | ExtractFlags.RetainEscape)) == ExtractResult.Word)
        {
            list.Add(word);
        }

        if (result == ExtractResult.Invalid)
        {
            Warn(info, assignment, $"Invalid syntax, ignoring: {assignment.Value}");
        }
    }

    private InstallError TakeAlso(InstallContext context, InstallInfo info, Assignment assignment)
    {
        var position = 0;
        for (; ; )
        {
            switch (Quoting.ExtractWord(assignment.Value, ref position, out var word, ExtractFlags.None))
            {
                case ExtractResult.End:
                    return InstallError.None;
                case ExtractResult.Invalid:
                    return InstallError.Invalid;
            }

            var error = Expand(info, word, out var name);
            if (error != InstallError.None)
            {
                Warn(info, assignment, $"Failed to resolve unit name in Also=\"{word}\"");
                return error;
            }

            error = context.Add(name, path: null, auxiliary: true, out _);
            if (error != InstallError.None)
            {
                return error;
            }

            info.Also.Add(name);
        }
    }

    private InstallError TakeDefaultInstance(InstallInfo info, Assignment assignment)
    {
        var name = UnitName.Parse(info.Name);
        if (name.IsInstance)
        {
            return InstallError.None;
        }

        if (!name.IsTemplate)
        {
            Warn(info, assignment, "DefaultInstance= only makes sense for template units, ignoring.");
            return InstallError.None;
        }

        var error = Expand(info, assignment.Value, out var instance);
        if (error != InstallError.None)
        {
            Warn(info, assignment, $"Failed to resolve instance name in DefaultInstance=\"{assignment.Value}\"");
            return error;
        }

        if (instance.Length > 0 && !UnitName.IsValidInstance(instance))
        {
            Warn(info, assignment, $"Invalid DefaultInstance= value \"{instance}\".");
            return InstallError.Invalid;
        }

        info.DefaultInstance = instance.Length == 0 ? null : instance;
        return InstallError.None;
    }

    private void Warn(InstallInfo info, Assignment assignment, string message) =>
        sink.Add(new Diagnostic(Severity.Warning, info.Name, assignment.File, assignment.Line, assignment.Key, message));
}
