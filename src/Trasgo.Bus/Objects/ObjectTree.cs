using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>
/// The objects of a server by path: single ones, and prefixes below which a resolver finds them. Calls are dispatched here,
/// after their message has been validated. A handler's exception is that call's failure and nobody else's.
/// </summary>
internal sealed class ObjectTree
{
    private const int ChildrenAtMost = 200_000;
    private readonly Dictionary<string, BusObject> _objects = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, IObjectResolver Resolver)> _resolvers = [];
    private readonly SortedSet<string> _known = new(StringComparer.Ordinal) { "/" };

    /// <summary>Answers the machine's id, null where it has none.</summary>
    public Func<string?> MachineId { get; init; } = static () => null;

    /// <summary>Who is asked about callers that are not privileged; without one, all that they get is the standard interfaces.</summary>
    public IGatekeeper? Gatekeeper { get; init; }

    /// <summary>Called with what a handler threw: a bug of ours that must be seen.</summary>
    public Action<BusMessage, Exception> OnHandlerFailed { get; init; } = static (_, _) => { };

    public void Add(string path, object target, params BusInterface[] interfaces)
    {
        _objects[path] = new BusObject(target, interfaces);
        Remember(path);
    }

    public void AddResolver(string prefix, IObjectResolver resolver)
    {
        _resolvers.Add((prefix, resolver));
        Remember(prefix);
    }

    public void Dispatch(ICaller caller, BusMessage message)
    {
        var path = message.Path!;
        var found = Find(path, caller, out var failure);
        var visit = new ObjectVisit(this, path, found);
        var (table, method) = FindMethod(visit, message);
        var isStandard = table is not null && Array.IndexOf(StandardInterfaces.All, table) >= 0;
        var call = new BusCall(caller, message, isStandard ? visit : found?.Target ?? visit);
        var exists = found is not null || _known.Contains(path) || (table == StandardInterfaces.Peer);
        if (!exists)
        {
            call.Fail(failure ?? new BusError(BusErrorNames.UnknownObject, $"Unknown object '{path}'."));
        }
        else if (method is null)
        {
            call.Fail(BusErrorNames.UnknownMethod, $"Unknown method {message.Member} or interface {message.Interface ?? "(null)"}.");
        }
        else if (method.In != message.Signature)
        {
            call.Fail(
                BusErrorNames.InvalidArgs,
                $"Invalid arguments '{message.Signature}' to call {table!.Name}.{method.Name}(), expecting '{method.In}'.");
        }
        else if (call.Caller.IsPrivileged || isStandard)
        {
            Invoke(method, call);
        }
        else if (Gatekeeper is null || (method.Flags & MemberFlags.Unprivileged) == 0)
        {
            call.Fail(Denied(table!.Name, method.Name));
        }
        else
        {
            Gatekeeper.Admit(table!, method, call, admitted => Invoke(method, admitted));
        }
    }

    /// <summary>sd-bus's words for a method or a property that only the privileged may use.</summary>
    internal static BusError Denied(string interfaceName, string member) =>
        new(BusErrorNames.AccessDenied, $"Access to {interfaceName}.{member}() not permitted.");

    /// <summary>The elements that follow the path directly, for introspection.</summary>
    public IEnumerable<string> Children(string path)
    {
        var prefix = path.Length == 1 ? path : path + "/";
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var known in _known)
        {
            Collect(known, prefix, names);
        }

        foreach (var (at, resolver) in _resolvers)
        {
            if (at != path)
            {
                continue;
            }

            foreach (var child in resolver.Children())
            {
                Collect(child, prefix, names);
                if (names.Count >= ChildrenAtMost)
                {
                    return names;
                }
            }
        }

        return names;
    }

    private static void Collect(string path, string prefix, SortedSet<string> names)
    {
        if (path.Length <= prefix.Length || !path.StartsWith(prefix, StringComparison.Ordinal))
        {
            return;
        }

        var end = path.IndexOf('/', prefix.Length);
        names.Add(end < 0 ? path[prefix.Length..] : path[prefix.Length..end]);
    }

    private BusObject? Find(string path, ICaller caller, out BusError? failure)
    {
        failure = null;
        if (_objects.TryGetValue(path, out var found))
        {
            return found;
        }

        foreach (var (prefix, resolver) in _resolvers)
        {
            if (path.Length > prefix.Length + 1 && BusNames.IsAtOrBelow(path, prefix) && resolver.Find(path, caller, out failure) is { } below)
            {
                return below;
            }
        }

        return null;
    }

    /// <summary>A call without an interface means the first method of that name.</summary>
    private static (BusInterface? Table, BusMethod? Method) FindMethod(ObjectVisit visit, BusMessage message)
    {
        foreach (var table in StandardInterfaces.All)
        {
            if ((message.Interface is null || table.Name == message.Interface) && table.FindMethod(message.Member!) is { } method)
            {
                return (table, method);
            }
        }

        foreach (var table in visit.Interfaces)
        {
            if ((message.Interface is null || table.Name == message.Interface) && table.FindMethod(message.Member!) is { } method)
            {
                return (table, method);
            }
        }

        return (null, null);
    }

    private void Invoke(BusMethod method, BusCall call)
    {
        try
        {
            method.Handler(call);
        }
        catch (Exception exception)
        {
            OnHandlerFailed(call.Message, exception);
            call.Fail(BusErrorNames.Failed, "Internal error: " + exception.Message);
        }
    }

    /// <summary>Every element above a registered path exists as well, or nobody would find the way down.</summary>
    private void Remember(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            _known.Add(path[..end]);
        }
    }
}
