using Trasgo.Manager;

namespace Trasgo.Cli.Commands.Generator;

/// <summary>One of our own generators: when it is run, and how. The program writes its units and returns the exit status.</summary>
internal sealed record GeneratorRow(string Name, string[] Inputs, Func<GeneratorInvocation, int> Run);

/// <summary>The generators of this binary. One row makes one: the manager runs those whose inputs exist.</summary>
internal static class GeneratorTable
{
    internal static readonly GeneratorRow[] Rows =
    [
        new("cron", CronGenerator.Inputs, CronGenerator.Generate),
        new("inetd", InetdUnits.Inputs, InetdUnits.Generate),
    ];

    internal static OwnGenerator[] ForManager => Array.ConvertAll(Rows, static row => new OwnGenerator(row.Name, row.Inputs));

    internal static GeneratorRow? ByName(string name) => Array.Find(Rows, row => row.Name == name);
}
