using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>Get, GetAll and Set over an object's tables, with the errors of sd-bus.</summary>
internal static class PropertyCalls
{
    public static void Get(ObjectVisit visit, BusCall call)
    {
        var (interfaceName, name) = (call.Arguments.String(), call.Arguments.String());
        if (visit.Object is not { } found || visit.Find(interfaceName)?.FindProperty(name) is not { } property)
        {
            Unknown(call, interfaceName, name);
            return;
        }

        using var reply = call.NewReply();
        PropertyDump.Value(reply.Body, property, found.Target);
        call.Send(reply);
    }

    public static void GetAll(ObjectVisit visit, BusCall call)
    {
        var name = call.Arguments.String();
        var table = visit.Find(name);
        if (name.Length > 0 && table is null && !Array.Exists(StandardInterfaces.All, standard => standard.Name == name))
        {
            call.Fail(BusErrorNames.UnknownInterface, $"Unknown interface '{name}'.");
            return;
        }

        using var reply = call.NewReply();
        reply.Body.BeginArray("{sv}");
        if (visit.Object is { } found)
        {
            foreach (var candidate in found.Interfaces)
            {
                if (name.Length == 0 || candidate == table)
                {
                    PropertyDump.All(reply.Body, candidate, found.Target);
                }
            }
        }

        reply.Body.EndArray();
        call.Send(reply);
    }

    public static void Set(ObjectVisit visit, BusCall call)
    {
        var (interfaceName, name) = (call.Arguments.String(), call.Arguments.String());
        if (visit.Object is not { } found || visit.Find(interfaceName)?.FindProperty(name) is not { } property)
        {
            Unknown(call, interfaceName, name);
            return;
        }

        if (property.Set is null)
        {
            call.Fail(BusErrorNames.PropertyReadOnly, $"Property '{name}' is not writable.");
            return;
        }

        if (!call.Caller.IsPrivileged)
        {
            call.Fail(ObjectTree.Denied(interfaceName, name));
            return;
        }

        var signature = call.Arguments.EnterVariant() ?? "";
        if (signature != property.Signature)
        {
            call.Fail(
                BusErrorNames.InvalidArgs,
                $"Incorrect parameters for property '{name}', expected '{property.Signature}', got '{signature}'.");
            return;
        }

        if (property.Set(found.Target, call.Arguments) is { } error)
        {
            call.Fail(error);
        }
        else
        {
            call.Reply();
        }
    }

    private static void Unknown(BusCall call, string interfaceName, string name) =>
        call.Fail(BusErrorNames.UnknownProperty, $"Unknown interface {interfaceName} or property {name}.");
}
