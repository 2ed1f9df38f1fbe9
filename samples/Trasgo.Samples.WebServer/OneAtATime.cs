using Microsoft.AspNetCore.Http;

namespace Trasgo.Samples.WebServer;

/// <summary>The iterative server: whoever comes second waits until the first has been served, and they are served in the order in which they came.</summary>
internal sealed class OneAtATime
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    public async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_lock)
        {
            before = _last;
            _last = done.Task;
        }

        try
        {
            await before;
            await next(context);
        }
        finally
        {
            done.SetResult();
        }
    }
}
