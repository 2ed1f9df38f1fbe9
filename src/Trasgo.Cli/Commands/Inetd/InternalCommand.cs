using Trasgo.Cli.CommandLine;
using Trasgo.Inetd;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>
/// <c>trasgo inetd-internal [--only-from=LIST] [--no-access=LIST] NAME</c>: one of the services that inetd(8) provides itself, on standard
/// input: a datagram socket, a listening one, or a connection.
/// </summary>
internal static class InternalCommand
{
    /// <summary>How long a server waits for the next client before it ends.</summary>
    internal const ulong IdleUsec = 30_000_000;

    private const int StandardInput = 0;
    private const int OnlyFrom = 0x100;
    private const int NoAccess = 0x101;

    private static readonly LongOption[] s_options =
    [
        new("only-from", OptionArgument.Required, OnlyFrom), new("no-access", OptionArgument.Required, NoAccess),
    ];

    internal static int Run(CommandInvocation invocation)
    {
        var output = invocation.Output;
        var reader = new OptionReader(invocation.Program, invocation.Arguments, "", s_options, output.Error);
        var rules = AddressRules.Everybody;
        while (reader.Next() is not OptionReader.End and var option)
        {
            if (option == OptionReader.Bad || !AddressRules.TryParse(reader.Argument ?? "", out var ranges))
            {
                return output.Fail("An option is wrong, so nobody is served.");
            }

            rules = option == OnlyFrom ? rules with { OnlyFrom = ranges } : rules with { NoAccess = ranges };
        }

        if (reader.Operands is not [var name] || SmallServices.Find(name) is not { } service)
        {
            return output.Fail("One of the services echo, discard, chargen, daytime and time has to be named.");
        }

        var socket = Descriptor.Adopt(StandardInput);
        if (InternetSocket.TypeOf(socket) is not { Ok: true, Value: var type } || Pipe.SetBlocking(socket, false) != Errno.None)
        {
            return output.Fail("Standard input is no socket.");
        }

        using var loop = new EventLoop();
        if (type == SocketType.Datagram)
        {
            _ = new DatagramServer(loop, socket, service, rules);
        }
        else
        {
            _ = new StreamServer(loop, socket, service, rules);
        }

        return loop.Run();
    }
}
