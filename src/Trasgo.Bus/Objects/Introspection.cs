using System.Text;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>The XML description of an object, in the layout that busctl and gdbus read.</summary>
internal static class Introspection
{
    private const string DocumentType =
        "<!DOCTYPE node PUBLIC \"-//freedesktop//DTD D-BUS Object Introspection 1.0//EN\"\n" +
        "\"https://www.freedesktop.org/standards/dbus/1.0/introspect.dtd\">\n";

    public static string Describe(IEnumerable<BusInterface> interfaces, IEnumerable<string> children)
    {
        var xml = new StringBuilder(DocumentType, 4096);
        xml.Append("<node>\n");
        foreach (var table in interfaces)
        {
            Interface(xml, table);
        }

        foreach (var child in children)
        {
            xml.Append(" <node name=\"").Append(child).Append("\"/>\n");
        }

        return xml.Append("</node>\n").ToString();
    }

    private static void Interface(StringBuilder xml, BusInterface table)
    {
        xml.Append(" <interface name=\"").Append(table.Name).Append("\">\n");
        foreach (var member in table.Members)
        {
            if ((member.Flags & MemberFlags.Hidden) == 0)
            {
                Member(xml, member);
            }
        }

        xml.Append(" </interface>\n");
    }

    private static void Member(StringBuilder xml, BusMember member)
    {
        switch (member)
        {
            case BusMethod method:
                xml.Append("  <method name=\"").Append(method.Name).Append("\">\n");
                Arguments(xml, method.In, method.InNames, " direction=\"in\"");
                Arguments(xml, method.Out, method.OutNames, " direction=\"out\"");
                Annotations(xml, member.Flags, isProperty: false);
                Privileged(xml, member.Flags);
                xml.Append("  </method>\n");
                break;
            case BusSignal signal:
                xml.Append("  <signal name=\"").Append(signal.Name).Append("\">\n");
                Arguments(xml, signal.Signature, signal.ArgumentNames, "");
                Annotations(xml, member.Flags, isProperty: false);
                xml.Append("  </signal>\n");
                break;
            case BusProperty property:
                xml.Append("  <property name=\"").Append(property.Name).Append("\" type=\"").Append(property.Signature)
                    .Append("\" access=\"").Append(property.Set is null ? "read" : "readwrite").Append("\">\n");
                Annotations(xml, member.Flags, isProperty: true);
                Privileged(xml, property.Set is null ? MemberFlags.Unprivileged : member.Flags);
                xml.Append("  </property>\n");
                break;
            default:
                break;
        }
    }

    private static void Arguments(StringBuilder xml, string signature, string[] names, string direction)
    {
        var index = 0;
        for (var rest = signature.AsSpan(); !rest.IsEmpty; index++)
        {
            var length = BusSignature.ElementLength(rest);
            if (length == 0)
            {
                return;
            }

            xml.Append("   <arg type=\"").Append(rest[..length]).Append('"');
            if (index < names.Length)
            {
                xml.Append(" name=\"").Append(names[index]).Append('"');
            }

            xml.Append(direction).Append("/>\n");
            rest = rest[length..];
        }
    }

    private static void Annotations(StringBuilder xml, MemberFlags flags, bool isProperty)
    {
        if ((flags & MemberFlags.Deprecated) != 0)
        {
            Annotation(xml, "org.freedesktop.DBus.Deprecated", "true");
        }

        if ((flags & MemberFlags.NoReply) != 0)
        {
            Annotation(xml, "org.freedesktop.DBus.Method.NoReply", "true");
        }

        if ((flags & MemberFlags.Explicit) != 0)
        {
            Annotation(xml, "org.freedesktop.systemd1.Explicit", "true");
        }

        if (isProperty && (flags & MemberFlags.EmitsChange) == 0)
        {
            var kind = (flags & MemberFlags.Const) != 0 ? "const" : (flags & MemberFlags.EmitsInvalidation) != 0 ? "invalidates" : "false";
            Annotation(xml, "org.freedesktop.DBus.Property.EmitsChangedSignal", kind);
        }
    }

    private static void Privileged(StringBuilder xml, MemberFlags flags)
    {
        if ((flags & MemberFlags.Unprivileged) == 0)
        {
            Annotation(xml, "org.freedesktop.systemd1.Privileged", "true");
        }
    }

    private static void Annotation(StringBuilder xml, string name, string value) =>
        xml.Append("   <annotation name=\"").Append(name).Append("\" value=\"").Append(value).Append("\"/>\n");
}
