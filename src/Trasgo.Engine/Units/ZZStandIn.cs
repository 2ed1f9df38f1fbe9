using Trasgo.UnitFiles.Directives;
namespace Trasgo.UnitFiles.Directives;
internal static class SliceDirectives { public static readonly DirectiveTable<SliceConfig> Table = new([]); }
internal static class ScopeDirectives { public static readonly DirectiveTable<ScopeConfig> Table = new([]); }
internal static class MountDirectives { public static readonly DirectiveTable<MountConfig> Table = new([]); }
internal static class SwapDirectives { public static readonly DirectiveTable<SwapConfig> Table = new([]); }
internal static class SocketDirectives { public static readonly DirectiveTable<SocketConfig> Table = new([]); }
internal static class TimerDirectives { public static readonly DirectiveTable<TimerConfig> Table = new([]); }
internal static class PathDirectives { public static readonly DirectiveTable<PathConfig> Table = new([]); }
internal static class AutomountDirectives { public static readonly DirectiveTable<AutomountConfig> Table = new([]); }
