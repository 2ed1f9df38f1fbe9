using System.Text;
using Trasgo.Linux;
using Trasgo.Manager;

namespace Trasgo.Cli.Commands;

/// <summary>
/// <c>trasgo cron-mail RECIPIENT COMMAND</c>, which the units of cron jobs run when the job has ended: sends the file "output" of the unit's
/// RuntimeDirectory=, if there is something in it. It becomes sendmail, which reads the letter from a file, so that nobody has to stand in between.
/// </summary>
internal static class CronMailCommand
{
    private const string Sendmail = "/usr/sbin/sendmail";
    private const int MostHeader = 200;
    private const int ChunkSize = 64 * 1024;

    internal static int Run(CommandInvocation invocation)
    {
        if (invocation.Arguments is not [var recipient, var command] || Environment.GetEnvironmentVariable("RUNTIME_DIRECTORY") is not { } directory)
        {
            return invocation.Output.Fail("cron-mail takes a recipient and a command, and $RUNTIME_DIRECTORY.");
        }

        var output = FileSystem.Open(directory + "/output", OpenFlags.ReadOnly);
        if (!output.Ok)
        {
            return invocation.Output.Fail($"Failed to open {directory}/output: {ErrnoNames.Message(output.Error)}");
        }

        using var source = output.Value;
        if (FileSystem.Status(source) is { Ok: true, Value.Size: 0 })
        {
            return 0;
        }

        var error = Write(directory + "/letter", Header(recipient, command), source);
        if (error != Errno.None)
        {
            return invocation.Output.Fail($"Failed to write {directory}/letter: {ErrnoNames.Message(error)}");
        }

        invocation.Output.Flush();
        return invocation.Output.Fail($"Failed to run {Sendmail}: {ErrnoNames.Message(Send(recipient, directory + "/letter"))}");
    }

    /// <summary>Returns only if that failed.</summary>
    private static Errno Send(string recipient, string letter)
    {
        var opened = FileSystem.Open(letter, OpenFlags.ReadOnly);
        if (!opened.Ok)
        {
            return opened.Error;
        }

        using var input = opened.Value;
        var error = ProcessControl.ReplaceStandardInput(input);
        return error == Errno.None
            ? ProcessControl.Execute(Sendmail, [Sendmail, "-i", "-FCronDaemon", "-B8BITMIME", "-oem", recipient], [.. EnvironmentBlock.Own().Select(static variable => $"{variable.Key}={variable.Value}")])
            : error;
    }

    internal static string Header(string recipient, string command)
    {
        var user = Environment.GetEnvironmentVariable("USER") ?? "root";
        var host = OneLine(Environment.MachineName);
        var type = Environment.GetEnvironmentVariable("CONTENT_TYPE") ?? "text/plain; charset=UTF-8";
        var encoding = Environment.GetEnvironmentVariable("CONTENT_TRANSFER_ENCODING") ?? "8bit";
        return $"""
            From: root (Cron Daemon)
            To: {OneLine(recipient)}
            Subject: Cron <{OneLine(user)}@{host}> {OneLine(command)}
            MIME-Version: 1.0
            Content-Type: {OneLine(type)}
            Content-Transfer-Encoding: {OneLine(encoding)}
            Auto-Submitted: auto-generated


            """;
    }

    /// <summary>Header lines end where they are meant to end.</summary>
    private static string OneLine(string text)
    {
        var result = new StringBuilder();
        foreach (var character in text.Length > MostHeader ? text[..MostHeader] : text)
        {
            result.Append(char.IsControl(character) ? ' ' : character);
        }

        return result.ToString();
    }

    private static Errno Write(string path, string header, Descriptor source)
    {
        var opened = FileSystem.Open(path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate | OpenFlags.NoFollow, 0x180);
        if (!opened.Ok)
        {
            return opened.Error;
        }

        using var letter = opened.Value;
        var error = WriteAll(letter, Encoding.UTF8.GetBytes(header));
        var buffer = new byte[ChunkSize];
        while (error == Errno.None && FileSystem.ReadInto(source, buffer) is var read)
        {
            if (!read.Ok || read.Value == 0)
            {
                return read.Error;
            }

            error = WriteAll(letter, buffer.AsSpan(0, read.Value));
        }

        return error;
    }

    private static Errno WriteAll(Descriptor file, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var written = FileSystem.Write(file, bytes);
            if (!written.Ok)
            {
                return written.Error;
            }

            bytes = bytes[written.Value..];
        }

        return Errno.None;
    }
}
