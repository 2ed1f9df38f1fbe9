using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>How much there is of what: processors, memory, control group controllers.</summary>
internal static class ResourceConditions
{
    public static Result<bool> Processors(string parameter)
    {
        var operation = TakeOrder(ref parameter);
        return Numbers.TryUInt32(parameter, out var wanted)
            ? Comparisons.Order(HostResources.Processors().CompareTo(wanted), operation)
            : Errno.EINVAL;
    }

    public static Result<bool> Memory(string parameter)
    {
        var operation = TakeOrder(ref parameter);
        return Sizes.TryParse(parameter, out var wanted)
            ? Comparisons.Order(HostResources.Memory().CompareTo(wanted), operation)
            : Errno.EINVAL;
    }

    /// <summary>All of the controllers that are named; names that nobody knows are passed over, and none at all holds.</summary>
    public static Result<bool> Controller(string parameter)
    {
        if (HostControlGroups.IsAllUnified() is not { } unified)
        {
            return Errno.ENOMEDIUM;
        }

        if (parameter is "v1" or "v2")
        {
            return unified == (parameter == "v2");
        }

        var wanted = parameter.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Where(HostControlGroups.IsController).ToArray();
        var supported = HostControlGroups.Controllers(unified);
        return wanted.All(supported.Contains);
    }

    private static Comparison TakeOrder(ref string text)
    {
        var operation = Comparisons.Take(ref text, ofTexts: false);
        return operation == Comparison.None ? Comparison.GreaterOrEqual : operation;
    }
}
