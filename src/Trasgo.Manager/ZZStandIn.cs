#pragma warning disable CS9113
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
namespace Trasgo.Manager
{
internal sealed class EmergencyActions(ServiceManager m) : IEmergencyActions { public void Run(EmergencyAction a, string? r, int? e, string reason, bool warn) { if (a is EmergencyAction.Exit or EmergencyAction.ExitForce) m.SetObjective(ManagerObjective.Exit); } }
internal sealed class SignalDuties(ServiceManager m) { }
internal sealed class Generators { public void RunAsync(Action a) => a(); }
internal static class ManagerConfiguration { public static ManagerDefaults Load(RuntimeScope s, ManagerLog l) => new() { Scope = s }; }
internal sealed partial class ServiceManager { private readonly Generators? _generators = new(); public Spawner Spawner => _spawner; private void RunGenerators() { } private int End() => ExitCode; }
}
