using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Trasgo.Daemon.Extensions;

namespace Trasgo.Samples.WebServer;

/// <summary>
/// The log of requests in the common log format. Each line is one write(2) in append mode, so that the lines of several workers do not mix; SIGUSR1 opens the
/// file again, after it has been moved away.
/// </summary>
internal sealed class AccessLog : IReopenable, IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private FileStream _file;

    public AccessLog(string path)
    {
        _path = path;
        _file = Open(path);
    }

    public async Task WriteAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        string target = Escaped(request.Path + request.QueryString);
        await next(context);
        string line = string.Create(CultureInfo.InvariantCulture,
            $"{context.Connection.RemoteIpAddress?.ToString() ?? "-"} - - [{DateTime.UtcNow:dd/MMM/yyyy:HH:mm:ss} +0000] \"{request.Method} {target} {request.Protocol}\" {context.Response.StatusCode} {context.Response.ContentLength?.ToString(CultureInfo.InvariantCulture) ?? "-"}\n");
        lock (_lock)
        {
            _file.Write(Encoding.UTF8.GetBytes(line));
        }
    }

    public ValueTask ReopenAsync(CancellationToken cancellationToken)
    {
        var opened = Open(_path);
        lock (_lock)
        {
            (opened, _file) = (_file, opened);
        }

        opened.Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

    /// <summary>What a client sends must not end a line or a quotation.</summary>
    private static string Escaped(string text) =>
        string.Concat(text.Select(static c => c is '"' or '\\' || char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : c.ToString()));
}
