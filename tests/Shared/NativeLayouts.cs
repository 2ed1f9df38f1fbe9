using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Trasgo.Tests.Shared;

/// <summary>Structures of ours beside those that the C compiler of this machine makes of the same names.</summary>
internal sealed class NativeLayouts(string headers)
{
    private const string Compiler = "/usr/bin/gcc";

    private readonly List<(string Expression, int Ours)> _checks = [];

    public static bool CanBeAsked => File.Exists(Compiler);

    /// <summary>Compares the size and the places of fields.</summary>
    public NativeLayouts Add<T>(string type, params (string Native, string Ours)[] fields)
        where T : unmanaged
    {
        _checks.Add(($"sizeof({type})", Marshal.SizeOf<T>()));
        _checks.AddRange(fields.Select(f => ($"offsetof({type}, {f.Native})", (int)Marshal.OffsetOf<T>(f.Ours))));
        return this;
    }

    /// <summary>Compares a number with an expression of C.</summary>
    public NativeLayouts Add(string expression, long ours)
    {
        _checks.Add((expression, (int)ours));
        return this;
    }

    public void Compare()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string source = Path.Combine(folder, "layout.c"), program = Path.Combine(folder, "layout");
            var prints = _checks.Select(static c => $"printf(\"%d\\n\", (int)({c.Expression}));");
            File.WriteAllText(source, $"{headers}\nint main(void) {{ {string.Join('\n', prints)} return 0; }}\n");
            Run(Compiler, "-w", "-o", program, source);
            var answers = Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
            Assert.Equal(_checks.Select(static c => c.Expression).Zip(answers), _checks);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
