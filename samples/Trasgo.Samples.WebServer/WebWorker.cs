using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trasgo.Daemon.Extensions;

namespace Trasgo.Samples.WebServer;

/// <summary>One worker: Kestrel on the master's sockets; or, without a master, on those of the service manager or its own.</summary>
internal static class WebWorker
{
    public static async Task RunAsync(ServerOptions options)
    {
        // Where the directory is a link, this worker stays with what it points to now: a new release is a new link and SIGHUP.
        string root = new DirectoryInfo(options.Root).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? options.Root;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = root });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        builder.UseTrasgo();
        builder.WebHost.UseInheritedSockets().UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port}"));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMinutes(5));
        if (options.LogFile is not null)
        {
            builder.Services.AddSingleton(new AccessLog(options.LogFile));
            builder.Services.AddSingleton<IReopenable>(static services => services.GetRequiredService<AccessLog>());
        }

        await using var application = builder.Build();
        if (application.Services.GetService<AccessLog>() is { } log)
        {
            application.Use(log.WriteAsync);
        }

        if (options.OneAtATime)
        {
            application.Use(new OneAtATime().ServeAsync);
        }

        var files = new PhysicalFileProvider(root);
        application.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        application.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        application.Run(context => WorkAsync(context, options.TimeScale));
        await application.RunAsync();
    }

    /// <summary><c>/work?seconds=8</c>: a request that takes its time, for the experiment of README.md.</summary>
    private static async Task WorkAsync(HttpContext context, double scale)
    {
        if (context.Request.Path != "/work"
            || !double.TryParse(context.Request.Query["seconds"], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            || seconds is < 0 or > 3600)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await Task.Delay(TimeSpan.FromSeconds(seconds * scale), context.RequestAborted);
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{seconds} s of work, by process {Environment.ProcessId}\n"));
    }
}
