using System.Reflection;
using System.Runtime.CompilerServices;

namespace Trasgo.Daemon.Tests;

/// <summary>How <see cref="PublicSurface"/> spells types and members: nearly as in C#.</summary>
internal static class SurfaceNames
{
    public static string Type(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Type(underlying) + "?";
        }

        if (type.IsArray || type.IsByRef || type.IsPointer)
        {
            return Type(type.GetElementType()!) + (type.IsArray ? "[]" : type.IsByRef ? "&" : "*");
        }

        string name = type.Name.Split('`')[0];
        name = type.IsNested && !type.IsGenericParameter ? Type(type.DeclaringType!) + "." + name : name;
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Type))}>" : name;
    }

    public static string Method(MethodBase method)
    {
        string parameters = string.Join(", ", method.GetParameters().Select(Parameter));
        string name = method is ConstructorInfo ? Type(method.DeclaringType!) : method.Name;
        if (method.IsGenericMethod)
        {
            name += $"<{string.Join(", ", method.GetGenericArguments().Select(Type))}>";
        }

        string result = method is MethodInfo { ReturnParameter: var returned } ? WithNull(returned.ParameterType, new NullabilityInfoContext().Create(returned)) + " " : "";
        return $"{Modifiers(method)}{result}{name}({parameters})";
    }

    public static string Property(PropertyInfo property, Func<MethodBase, bool> isOffered)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(accessor => isOffered(accessor)).ToArray();
        string verbs = string.Concat(accessors.Select(accessor => accessor == property.GetMethod ? "get; "
            : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ").Order(StringComparer.Ordinal));
        string index = string.Join(", ", property.GetIndexParameters().Select(Parameter));
        return $"{Modifiers(accessors[0])}{WithNull(property.PropertyType, new NullabilityInfoContext().Create(property))} "
            + $"{property.Name}{(index.Length > 0 ? $"[{index}]" : "")} {{ {verbs}}}";
    }

    public static string Field(FieldInfo field) =>
        (field.IsLiteral ? "const " : field.IsStatic ? "static " : "") + Type(field.FieldType) + " " + field.Name
        + (field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "");

    public static string Event(EventInfo made) => $"{Modifiers(made.AddMethod!)}event {Type(made.EventHandlerType!)} {made.Name}";

    private static string Parameter(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ExtensionAttribute)) ? "this " : parameter.IsOut ? "out " : parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "")
        + WithNull(parameter.ParameterType, new NullabilityInfoContext().Create(parameter)) + " " + parameter.Name
        + (parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "default"}" : "");

    private static string WithNull(Type type, NullabilityInfo info) =>
        Type(type) + (!type.IsValueType && (info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable) ? "?" : "");

    private static string Modifiers(MethodBase method) =>
        (method.IsPublic ? "" : "protected ")
        + (method.IsStatic ? "static " : method is { IsAbstract: true, DeclaringType.IsInterface: false } ? "abstract "
            : method is MethodInfo { IsVirtual: true, IsFinal: false, DeclaringType.IsInterface: false } made
                ? made.GetBaseDefinition() == made ? "virtual " : "override " : "");
}
