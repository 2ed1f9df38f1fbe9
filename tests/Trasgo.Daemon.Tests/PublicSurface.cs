using System.Reflection;
using System.Text;

namespace Trasgo.Daemon.Tests;

/// <summary>
/// Writes down what an assembly offers to others, one line a member in an order that does not depend on the source: the types, what they
/// derive from, their public and protected members, what may be null.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Fails with both texts' differences and with the command that takes the new one over.</summary>
    public static void AssertUnchanged(Assembly assembly, string file)
    {
        string now = Describe(assembly);
        string before = File.Exists(file) ? File.ReadAllText(file) : "";
        if (now == before)
        {
            return;
        }

        string proposal = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(file));
        File.WriteAllText(proposal, now);
        string[] old = before.Split('\n'), fresh = now.Split('\n');
        Assert.Fail($"""
            The public surface of {assembly.GetName().Name} has changed:
            {string.Join('\n', old.Except(fresh).Select(line => "- " + line).Concat(fresh.Except(old).Select(line => "+ " + line)))}
            If it was meant to, type: cp {proposal} {file}
            """);
    }

    /// <summary>All exported types, by their names.</summary>
    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            var members = type.IsSubclassOf(typeof(Delegate)) ? [SurfaceNames.Method(type.GetMethod("Invoke")!)] : Members(type);
            foreach (string member in members.Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Head(Type type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsSealed: true } => "sealed class",
            { IsAbstract: true } => "abstract class",
            _ => "class",
        };
        var bases = new List<string>();
        if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object))
        {
            bases.Add(SurfaceNames.Type(parent));
        }

        bases.AddRange((type.IsEnum ? [] : type.GetInterfaces()).Where(made => made.IsPublic).Select(SurfaceNames.Type).Order(StringComparer.Ordinal));
        return $"{kind} {type.Namespace}.{SurfaceNames.Type(type)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");
        }

        var fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(SurfaceNames.Field);
        var constructors = type.GetConstructors(Declared).Where(IsOffered).Select(SurfaceNames.Method);
        var methods = type.GetMethods(Declared)
            .Where(method => IsOffered(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))).Select(SurfaceNames.Method);
        var properties = type.GetProperties(Declared)
            .Where(property => property.GetAccessors(nonPublic: true).Any(IsOffered)).Select(property => SurfaceNames.Property(property, IsOffered));
        var events = type.GetEvents(Declared).Where(made => IsOffered(made.AddMethod!)).Select(SurfaceNames.Event);
        return [.. fields, .. constructors, .. methods, .. properties, .. events];
    }

    private static bool IsOffered(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
