// The light build has no types of its own; it is the same class without what we do not play.
declare module "hls.js/light" {
  import Hls from "hls.js";
  export default Hls;
}
